import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { api, ApiFailure, type Credentials } from '../api.ts';
import { ours } from '../lib/ours.ts';
import { safeNext } from '../lib/safe-url.ts';
import { useTitle } from '../lib/use-title.ts';
import { Loading } from '../parts/state.tsx';
import { session } from '../session.ts';
import { messageOf } from '../lib/message-of.ts';

/** The one-time token behind `#`, which is taken out of the address and the history at once. */
function takeToken(): string {
  const token = location.hash.slice(1);
  if (token) history.replaceState(null, '', location.pathname + location.search);
  return token;
}

const linkFailed =
  'This sign-in link has been used already or is too old. Sign in with e-mail and password, or start the collector ' +
  'again for a new link.';

export function SignInPage() {
  useTitle('Sign in');
  const { query, route } = useLocation();
  const [isExchanging, setExchanging] = useState(true);
  const [problem, setProblem] = useState('');

  const enter = () => {
    const next = safeNext(query['next'], location.origin);
    if (ours.test(next)) route(next, true);
    else location.replace(next);
  };
  const exchange = async () => {
    const token = takeToken();
    setExchanging(true);
    setProblem('');
    try {
      if (token) await api.signIn({ token });
      else await api.loadSession();
    } catch (reason) {
      // A link that was followed twice is no obstacle to someone who is signed in.
      await api.loadSession().catch(() => undefined);
      if (!session.value) setProblem(describe(reason, linkFailed));
    }
    setExchanging(false);
    if (session.value) enter();
  };
  useEffect(() => {
    const onHash = () => location.hash && void exchange();
    void exchange();
    // A link that is opened where this page is already open changes no more than the hash.
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, []);

  const submit = async (credentials: Credentials) => {
    setProblem('');
    try {
      await api.signIn(credentials);
      enter();
    } catch (reason) {
      setProblem(describe(reason, 'E-mail and password do not belong together.'));
    }
  };

  if (isExchanging) return <Loading what="your session" />;
  return (
    <main class="sign-in">
      <h1>Sign in to Pagefault</h1>
      <SignInForm problem={problem} onSubmit={submit} />
      <p class="hint">
        The first time, follow the sign-in link that the collector prints when it starts, then set a password in the
        settings.
      </p>
    </main>
  );
}

function describe(reason: unknown, refused: string): string {
  if (reason instanceof ApiFailure && [400, 401, 403, 410].includes(reason.status)) return refused;
  return messageOf(reason);
}

interface FormProps {
  problem: string;
  onSubmit: (credentials: Credentials) => Promise<void>;
}

function SignInForm({ problem, onSubmit }: FormProps) {
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    await onSubmit({ email: String(fields.get('email')), password: String(fields.get('password')) });
    setBusy(false);
  };
  return (
    <form class="form" onSubmit={(event) => void submit(event)}>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <label>
        E-mail
        <input name="email" type="email" autocomplete="username" required />
      </label>
      <label>
        Password
        <input name="password" type="password" autocomplete="current-password" required />
      </label>
      <button class="button primary" disabled={isBusy}>
        {isBusy ? 'Signing in…' : 'Sign in'}
      </button>
    </form>
  );
}
