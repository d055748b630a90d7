import { useTitle } from '../lib/use-title.ts';
import { NotFoundPage } from '../pages/not-found.tsx';
import { DataSettings } from './data.tsx';
import { MySettings } from './me.tsx';
import { PeopleSettings } from './people.tsx';
import { ProjectsSettings } from './project.tsx';
import { TokenSettings } from './tokens.tsx';

const sections = {
  '': { word: 'Projects', Section: ProjectsSettings },
  people: { word: 'People', Section: PeopleSettings },
  tokens: { word: 'Tokens', Section: TokenSettings },
  data: { word: 'Data', Section: DataSettings },
  me: { word: 'Me', Section: MySettings },
};

const isSection = (name: string): name is keyof typeof sections => Object.hasOwn(sections, name);

/** The settings, one subject a page. */
export function Settings({ section }: { section: string }) {
  useTitle('Settings');
  if (!isSection(section)) return <NotFoundPage />;
  const { Section } = sections[section];
  return (
    <div class="settings">
      <h1>Settings</h1>
      <nav class="tabs" aria-label="Settings">
        {Object.entries(sections).map(([name, { word }]) => (
          <a
            key={name}
            href={name ? `/settings/${name}` : '/settings'}
            aria-current={name === section ? 'page' : undefined}
          >
            {word}
          </a>
        ))}
      </nav>
      <Section />
    </div>
  );
}
