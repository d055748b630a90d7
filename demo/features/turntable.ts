const turns = 100;

function turn(angle: number): never {
  throw new RangeError(`The turntable is stuck at ${angle}°`);
}

/** Every step of an animation fails: one bug, and a storm of errors. */
export function turnPot(): void {
  for (let step = 0; step < turns; step++) setTimeout(() => turn(step), step);
}
