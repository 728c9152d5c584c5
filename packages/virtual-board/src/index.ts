export type { FirmwareShape, VirtualBoard, VirtualBoardOptions } from './virtual-board.ts';
