/** What the demo shop sells. Prices in cents. */
export interface DemoProduct {
  id: string;
  name: string;
  price: number;
  line: string;
  description: string;
  size: string;
  stock: number;
}

export const demoProducts: DemoProduct[] = [
  {
    id: 'moon-jar',
    name: 'Moon jar',
    price: 18_900,
    line: 'Two bowls, joined at the belly',
    description: 'Never quite round, like the moon on most nights. Holds branches, or nothing at all.',
    size: '31 cm high',
    stock: 2,
  },
  {
    id: 'morning-mug',
    name: 'Morning mug',
    price: 2_400,
    line: 'Thumb-wide handle, thick lip',
    description: 'Keeps the coffee warm for as long as the first mail of the day takes.',
    size: '0.35 l',
    stock: 41,
  },
  {
    id: 'tea-bowl',
    name: 'Mended tea bowl',
    price: 6_800,
    line: 'Broken once, joined with gold',
    description: 'It fell, and somebody was told at once what had broken and where. Now the seam is the best of it.',
    size: '0.4 l',
    stock: 1,
  },
  {
    id: 'long-neck',
    name: 'Long-neck bottle',
    price: 7_200,
    line: 'For a single stem',
    description: 'Celadon over iron-rich clay. The neck is thrown last and fails first.',
    size: '28 cm high',
    stock: 5,
  },
  {
    id: 'wide-jug',
    name: 'Wide jug',
    price: 5_400,
    line: 'Pours without a drip',
    description: 'Amber glaze, a belly for two litres, and a handle that fits a whole hand.',
    size: '2 l',
    stock: 7,
  },
  {
    id: 'planter',
    name: 'Planter',
    price: 3_600,
    line: 'Bare clay that breathes',
    description: 'Unglazed below the rim, with a hole where a hole should be.',
    size: '22 cm wide',
    stock: 12,
  },
  {
    id: 'ginger-jar',
    name: 'Ginger jar',
    price: 9_900,
    line: 'Cobalt, with a lid',
    description: 'Keeps ginger, buttons, or the keys to the house. We fire it again in spring.',
    size: '26 cm high',
    stock: 0,
  },
  {
    id: 'bud-vase',
    name: 'Bud vase',
    price: 3_200,
    line: 'Small enough for a window sill',
    description: 'For what the children bring home.',
    size: '15 cm high',
    stock: 19,
  },
];
