import type { SavedSearch } from '../../protocol/api.ts';
import type { Database, Row } from './database.ts';
import type { RecordStore } from './store.ts';

/** Searches that people keep, each for themselves or for everybody. A token is no person: its searches are of nobody. */
export function createSearchRecords(database: Database): Pick<RecordStore, 'searches' | 'addSearch' | 'removeSearch'> {
  return {
    async searches(personId) {
      return database
        .all(
          'SELECT * FROM saved_searches WHERE is_shared = 1 OR person_id = ? ORDER BY name COLLATE NOCASE, id',
          owner(personId),
        )
        .map((row) => savedSearch(row, personId));
    },
    async addSearch({ name, search, isShared }, personId) {
      const row = database.get(
        'INSERT INTO saved_searches (person_id, name, search, is_shared) VALUES (?, ?, ?, ?) RETURNING *',
        owner(personId),
        name,
        search,
        Number(isShared),
      );
      if (!row) throw new Error('The search was not added.');
      return savedSearch(row, personId);
    },
    async removeSearch(id, personId, isAdmin) {
      return (
        database.run(
          'DELETE FROM saved_searches WHERE id = ?1 AND (person_id = ?2 OR (?3 AND is_shared = 1))',
          Number(id),
          owner(personId),
          Number(isAdmin),
        ).changes > 0
      );
    },
  };
}

const owner = (personId: string) => (/^\d+$/.test(personId) ? Number(personId) : null);

const savedSearch = (row: Row, personId: string): SavedSearch => ({
  id: String(row['id']),
  name: String(row['name']),
  search: String(row['search']),
  isShared: row['is_shared'] === 1,
  isMine: row['person_id'] !== null && String(row['person_id']) === personId,
});
