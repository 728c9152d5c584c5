export { VirtualBoardError, type VirtualBoardErrorCode } from './errors.ts';
export type { ChaosOptions } from './line/chaos.ts';
export { type Provisioned, type ProvisionOptions, provisionMicroPython } from './provision/provision.ts';
export { startVirtualBoard } from './start.ts';
export type { FirmwareShape, VirtualBoard, VirtualBoardOptions } from './virtual-board.ts';
