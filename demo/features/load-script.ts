/** Loads a classic script each time it is called, as tags of third parties do. */
export function loadScript(src: string): void {
  const script = document.createElement('script');
  script.src = src;
  script.onload = () => script.remove();
  document.head.append(script);
}
