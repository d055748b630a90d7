import { useEffect, useState } from 'preact/hooks';
import type { ComponentType } from 'preact';
import { useRoute } from 'preact-iso/router';
import { Failure, Loading } from '../parts/state.tsx';

/** Rarely looked at: its script comes when it is wanted. */
export function SettingsPage() {
  const { params } = useRoute();
  const [Settings, setSettings] = useState<ComponentType<{ section: string }>>();
  const [error, setError] = useState<Error>();
  useEffect(() => {
    import('../settings/settings.tsx').then((module) => setSettings(() => module.Settings), setError);
  }, []);
  if (error) return <Failure error={error} onRetry={() => location.reload()} />;
  return Settings ? <Settings section={params['section'] ?? ''} /> : <Loading what="the settings" />;
}
