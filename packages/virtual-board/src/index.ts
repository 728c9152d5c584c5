export { VirtualBoardError, type VirtualBoardErrorCode } from './errors.ts';
export type { ChaosOptions } from './line/chaos.ts';
export { type Provisioned, provisionMicroPython } from './provision/provision.ts';
export type { EngineName, ProvisionOptions } from './provision/provision-options.ts';
export type { TlsLibrary } from './provision/tls-library.ts';
export { startVirtualBoard } from './start.ts';
export type { FirmwareShape, VirtualBoard, VirtualBoardOptions } from './virtual-board.ts';
