/** By which keys find the buttons of what can be done with issues. */
export const actionIds = { resolve: 'resolve', snooze: 'snooze', ignore: 'ignore', assign: 'assign', undo: 'undo' };
