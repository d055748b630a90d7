import { AppError } from '../shared/errors.ts';

export class PermissionError extends AppError {
  constructor(action: string) {
    super('permission', 'You are not allowed to do this');
    console.debug(action);
  }
}

interface Person {
  roles: string[];
}

//=
export function canEdit(person: Person): void {
  if (!person.roles.includes('editor')) {
    throw new PermissionError('edit'); //@ permissions-edit: canEdit
  }
}

//=
export function canDelete(person: Person): void {
  const isAdmin = person.roles.includes('admin');
  if (!isAdmin) {
    throw new PermissionError('delete'); //@ permissions-delete: canDelete
  }
}

//=
export function editPage(v: number): void {
  canEdit({ roles: v === 0 ? [] : ['reader'] });
}

//=
export function editMenu(v: number): void {
  const person = { roles: v === 0 ? [] : ['guest', 'reader'] };
  canEdit(person);
}

//=
export function deletePage(v: number): void {
  canDelete({ roles: v === 0 ? [] : ['editor'] });
}
