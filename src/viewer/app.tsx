import { useEffect, useErrorBoundary, useState } from 'preact/hooks';
import { LocationProvider, Route, Router, useLocation } from 'preact-iso/router';
import { api } from './api.ts';
import { ours } from './lib/ours.ts';
import { followLive } from './live.ts';
import { AlertsPage } from './pages/alerts.tsx';
import { IssuePage } from './pages/issue.tsx';
import { IssuesPage } from './pages/issues.tsx';
import { LogsPage } from './pages/logs.tsx';
import { NotFoundPage } from './pages/not-found.tsx';
import { OverviewPage } from './pages/overview.tsx';
import { ReleasesPage } from './pages/releases.tsx';
import { SettingsPage } from './pages/settings.tsx';
import { SignInPage } from './pages/sign-in.tsx';
import { Header } from './parts/header.tsx';
import { Offline } from './parts/offline.tsx';
import { Failure, Loading } from './parts/state.tsx';
import { Toast } from './parts/toast.tsx';
import { session } from './session.ts';

export function App() {
  const [broken] = useErrorBoundary();
  if (broken) return <Failure error={broken as Error} onRetry={() => location.reload()} />;
  return (
    <LocationProvider scope={ours}>
      <Gate />
    </LocationProvider>
  );
}

/** Nothing but the sign-in page without a session. */
function Gate() {
  const { path, url, route } = useLocation();
  const [error, setError] = useState<Error>();
  const isSignIn = path === '/sign-in';
  const isSignedOut = session.value === null;

  const load = () => {
    setError(undefined);
    api.loadSession().catch(setError);
  };
  useEffect(() => {
    if (!isSignIn && session.value === undefined) load();
  }, [isSignIn]);
  useEffect(() => {
    if (isSignedOut && !isSignIn) route(`/sign-in${url === '/' ? '' : `?next=${encodeURIComponent(url)}`}`, true);
  }, [isSignedOut, isSignIn]);

  if (isSignIn) return <SignInPage />;
  if (error) return <Failure error={error} onRetry={load} />;
  if (!session.value) return <Loading what="Pagefault" />;
  return <Shell />;
}

/** A reader by ear or keyboard begins at the new page, not where the old one's link was. */
const focusMain = () => document.getElementById('main')?.focus({ preventScroll: true });

function Shell() {
  useEffect(followLive, []);
  return (
    <>
      <Header />
      <Offline />
      <main id="main" tabIndex={-1}>
        <Router onRouteChange={focusMain}>
          <Route path="/" component={OverviewPage} />
          <Route path="/issues" component={IssuesPage} />
          <Route path="/issues/:id" component={IssuePage} />
          <Route path="/logs" component={LogsPage} />
          <Route path="/releases" component={ReleasesPage} />
          <Route path="/settings/:section?" component={SettingsPage} />
          <Route path="/alerts" component={AlertsPage} />
          <Route default component={NotFoundPage} />
        </Router>
      </main>
      <Toast />
    </>
  );
}
