import { round, type ProfilePoint } from './outline.ts';

export interface Vessel {
  /** From the rim to the foot. */
  profile: ProfilePoint[];
  clay: string;
  glaze: string;
  inside: string;
  crackle: string;
  /** Handles and spouts, drawn behind the body. */
  parts?: string[];
  /** The glaze's where absent. */
  partColour?: string;
  /** The glazed part: everything above a wavy line. */
  dip: string;
  cracks: string[];
  /** A seam of gold where the pot was mended. */
  mend?: string;
  foot: number;
  widest: number;
}

type Sketch = Pick<Vessel, 'profile' | 'clay' | 'glaze' | 'inside'> &
  Partial<Pick<Vessel, 'parts' | 'partColour' | 'mend' | 'crackle'>> & { dipTo: number; seed: number };

/** A small generator with a seed: the same pot has the same crackle on every visit. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

function drips(level: number, random: () => number): string {
  let path = `M0 0H200V${level}`;
  for (let x = 200; x > 0; x -= 20) {
    const drop = round(level + random() * 16 - 5);
    path += `C${x - 6} ${drop + 4} ${x - 14} ${drop + 4} ${x - 20} ${round(level + random() * 4)}`;
  }
  return `${path}V0Z`;
}

function cracksOf(random: () => number): string[] {
  return Array.from({ length: 16 }, () => {
    let x = 30 + random() * 140;
    let y = 20 + random() * 140;
    let path = `M${round(x)} ${round(y)}`;
    for (let step = 0; step < 5; step++) {
      x += random() * 30 - 15;
      y += random() * 24 - 6;
      path += `L${round(x)} ${round(y)}`;
    }
    return path;
  });
}

function throwPot({ dipTo, seed, crackle = '#fff', ...sketch }: Sketch): Vessel {
  const random = randomFrom(seed);
  const halves = sketch.profile.map(([, half]) => half);
  return {
    ...sketch,
    crackle,
    dip: drips(dipTo, random),
    cracks: cracksOf(random),
    foot: halves.at(-1) ?? 0,
    widest: Math.max(...halves),
  };
}

/** By product id. */
export const vessels: Record<string, Vessel> = {
  'moon-jar': throwPot({
    profile: [
      [44, 24],
      [50, 26],
      [72, 58],
      [106, 71],
      [142, 58],
      [166, 33],
      [176, 31],
    ],
    clay: '#cdbfa9',
    glaze: '#e9e3d4',
    inside: '#7d7364',
    crackle: '#8d8270',
    dipTo: 172,
    seed: 11,
  }),
  'morning-mug': throwPot({
    profile: [
      [66, 43],
      [72, 44],
      [110, 45],
      [150, 43],
      [168, 38],
      [176, 34],
    ],
    clay: '#b5713f',
    glaze: '#2f6f73',
    inside: '#20373a',
    dipTo: 140,
    seed: 23,
    parts: ['M142 92C182 84 182 148 140 144'],
  }),
  'tea-bowl': throwPot({
    profile: [
      [84, 62],
      [92, 62],
      [120, 56],
      [146, 40],
      [160, 25],
      [166, 22],
      [176, 23],
    ],
    clay: '#7c4a32',
    glaze: '#1f2b3d',
    inside: '#121a26',
    dipTo: 146,
    seed: 37,
    mend: 'M46 84L62 104L58 118L80 132L84 158M62 104L92 96L104 84',
  }),
  'long-neck': throwPot({
    profile: [
      [22, 14],
      [28, 12],
      [62, 10],
      [92, 15],
      [118, 42],
      [144, 50],
      [164, 40],
      [176, 31],
    ],
    clay: '#c08a5b',
    glaze: '#9fb58d',
    inside: '#47523d',
    crackle: '#51603f',
    dipTo: 150,
    seed: 41,
  }),
  'wide-jug': throwPot({
    profile: [
      [46, 30],
      [54, 28],
      [74, 30],
      [108, 54],
      [140, 55],
      [164, 40],
      [176, 36],
    ],
    clay: '#a8623c',
    glaze: '#d9a441',
    inside: '#6b4a1a',
    crackle: '#855f17',
    dipTo: 134,
    seed: 53,
    parts: ['M128 62C178 54 178 130 150 136'],
  }),
  planter: throwPot({
    profile: [
      [70, 54],
      [80, 56],
      [82, 50],
      [120, 46],
      [160, 40],
      [176, 38],
    ],
    clay: '#c9714a',
    glaze: '#b65a3c',
    inside: '#3a2418',
    dipTo: 84,
    seed: 67,
    partColour: '#6d8752',
    parts: ['M100 72C98 50 84 44 70 34', 'M100 72C102 46 112 38 124 22', 'M100 72C108 56 124 56 138 46'],
  }),
  'ginger-jar': throwPot({
    profile: [
      [38, 8],
      [42, 10],
      [50, 27],
      [58, 29],
      [64, 26],
      [84, 52],
      [112, 60],
      [146, 46],
      [166, 34],
      [176, 34],
    ],
    clay: '#d8d2c5',
    glaze: '#3f62a8',
    inside: '#2c467c',
    dipTo: 158,
    seed: 71,
  }),
  'bud-vase': throwPot({
    profile: [
      [58, 10],
      [64, 8],
      [88, 12],
      [114, 33],
      [144, 40],
      [166, 30],
      [176, 25],
    ],
    clay: '#8f5a45',
    glaze: '#a8567a',
    inside: '#4b2136',
    dipTo: 152,
    seed: 83,
  }),
};
