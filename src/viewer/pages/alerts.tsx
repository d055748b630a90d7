import { useLocation } from 'preact-iso/router';
import { alertsApi } from '../alerts-api.ts';
import { useLoad } from '../lib/use-load.ts';
import { useTitle } from '../lib/use-title.ts';
import { Channels } from '../parts/channels.tsx';
import { Deliveries } from '../parts/deliveries.tsx';
import { Rules } from '../parts/rules.tsx';
import { Failure, Loading } from '../parts/state.tsx';
import { session } from '../session.ts';

/** Who is told of what, how, and what they were told. */
export function AlertsPage() {
  useTitle('Alerts');
  const { query } = useLocation();
  const projectId = query['project'] ?? session.value?.projects[0]?.id ?? '';
  const { data, error, reload } = useLoad(projectId, async () => {
    const [channels, rules, deliveries] = await Promise.all([
      alertsApi.channels(),
      alertsApi.rules(projectId),
      alertsApi.deliveries(projectId),
    ]);
    return { channels, rules, deliveries };
  });
  return (
    <div class="settings">
      <h1>Alerts</h1>
      {error && <Failure error={error} onRetry={reload} />}
      {!data && !error && <Loading what="alerts" />}
      {data && (
        <>
          <Rules projectId={projectId} rules={data.rules} channels={data.channels} onChange={reload} />
          <Channels channels={data.channels} onChange={reload} />
          <Deliveries deliveries={data.deliveries} />
        </>
      )}
    </div>
  );
}
