export { type WirewrapPluginOptions, wirewrap } from './plugin.ts';
