/** Shows a photo that was deleted from the server. */
export function showDetail(): void {
  const photo = document.createElement('img');
  photo.src = `/demo/broken/glaze-detail.jpg?${Date.now()}`;
  photo.alt = 'The glaze, from near by';
  photo.className = 'photo';
  const place = document.querySelector('#photos') ?? document.querySelector('main') ?? document.body;
  place.append(photo);
}
