import type { Event } from '../../protocol/event.ts';
import type { Database } from './database.ts';
import { textOf } from './lines.ts';
import type { Arrival } from './store.ts';

/** A rejection that has arrived and is handled later comes once more, and says so. */
const isRejection = ({ mechanism, handled }: Event, isHandled: boolean) =>
  mechanism === 'onunhandledrejection' && handled === isHandled;

/** Notes that an event which came again was handled; true the first time. */
export function noteHandled(database: Database, projectId: string, { id, json }: Arrival): boolean {
  return (
    isRejection(JSON.parse(textOf(json)) as Event, true) &&
    database.run('INSERT INTO handled_rejections VALUES (?, ?) ON CONFLICT DO NOTHING', Number(projectId), id).changes >
      0
  );
}

/** The event, handled if it was noted as that. */
export function withHandled(database: Database, projectId: string, event: Event): Event {
  if (!isRejection(event, false)) return event;
  const sql = 'SELECT 1 FROM handled_rejections WHERE project_id = ? AND id = ?';
  return database.get(sql, Number(projectId), event.id) ? { ...event, handled: true } : event;
}
