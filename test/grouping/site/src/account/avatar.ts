import { choose } from '../shared/data.ts';

interface Picture {
  state: string;
  sizes: { small: string };
}

export class Avatar {
  picture: Picture | null = null;

  load(v: number): void {
    this.picture = choose<Picture>(v, '{"state": "broken"}', '{"state": "missing"}');
    if (this.picture.state !== 'ok') {
      throw new Error('Could not load'); //@ avatar-load: Avatar.load
    }
  }

  get url(): string {
    return this.picture!.sizes.small; //@ avatar-url-getter: Avatar.url
  }
}

export class Banner {
  picture: Picture | null = null;

  load(v: number): void {
    this.picture = choose<Picture>(v, '{"state": "broken"}', '{"state": "gone"}');
    if (this.picture.state !== 'ok') {
      throw new Error('Could not load'); //@ banner-load: Banner.load
    }
  }
}

export class Gallery {
  private pictures: Picture[];
  private first = this.open();

  constructor(pictures: Picture[]) {
    this.pictures = pictures;
  }

  private open(): number {
    return this.pictures.length; //@ gallery-field-order: Gallery.open
  }

  size(): number {
    return this.first;
  }
}

class Base {
  constructor(options: { width: number }) {
    this.resize(options.width.toFixed()); //@ base-constructor: Base
  }
  resize(width: string): void {
    console.debug(width);
  }
}

export class Frame extends Base {
  border = 1;
}

//=
export function openGallery(): number {
  return new Gallery([]).size();
}

//=
export function makeFrame(v: number): Frame {
  return new Frame(choose<{ width: number }>(v, '{}', '{"width": "4"}'));
}

//=
export function showAvatar(v: number): string {
  const avatar = new Avatar();
  avatar.picture = choose<Picture | null>(v, 'null', '{"state": "ok"}');
  return avatar.url;
}

//=
export function avatarStyle(v: number): Record<string, string> {
  const avatar = new Avatar();
  avatar.picture = choose<Picture | null>(v, 'null', '{"state": "ok"}');
  const style = { background: `url(${avatar.url})` };
  return style;
}
