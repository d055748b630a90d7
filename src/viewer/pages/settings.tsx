import { useState } from 'preact/hooks';
import { api } from '../api.ts';
import { useTitle } from '../lib/use-title.ts';
import { MeForm } from '../parts/me-form.tsx';
import { ProjectSettings } from '../parts/project-settings.tsx';
import { session } from '../session.ts';

export function SettingsPage() {
  useTitle('Settings');
  const projects = session.value?.projects ?? [];
  return (
    <div class="settings">
      <h1>Settings</h1>
      {projects.map((project) => (
        <ProjectSettings key={project.id} project={project} />
      ))}
      <AddProject />
      <MeForm />
      <section class="panel">
        <h2>This browser</h2>
        <SignOut />
      </section>
    </div>
  );
}

function AddProject() {
  const [problem, setProblem] = useState('');
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = event.currentTarget;
    try {
      await api.addProject(String(new FormData(form).get('name')));
      await api.loadSession();
      form.reset();
      setProblem('');
    } catch (reason) {
      setProblem(reason instanceof Error ? reason.message : String(reason));
    }
  };
  return (
    <section class="panel">
      <h2>Add a project</h2>
      <form class="form row" onSubmit={(event) => void submit(event)}>
        {problem && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <label>
          Name
          <input name="name" required maxLength={200} />
        </label>
        <button class="button">Add</button>
      </form>
    </section>
  );
}

function SignOut() {
  const [problem, setProblem] = useState('');
  const signOut = () => {
    api.signOut().catch((reason: unknown) => setProblem(reason instanceof Error ? reason.message : String(reason)));
  };
  return (
    <p class="actions">
      <button type="button" class="button" onClick={signOut}>
        Sign out
      </button>
      {problem && (
        <span class="problem" role="alert">
          {problem}
        </span>
      )}
    </p>
  );
}
