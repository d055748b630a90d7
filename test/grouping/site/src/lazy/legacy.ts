import { choose } from '../shared/data.ts';

const plugins = choose<{ list: { name: string }[] }>(0, '{}', '{}');
export const pluginNames = plugins.list.map((plugin) => plugin.name); //@ legacy-module-level: <module>
