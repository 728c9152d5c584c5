/** Python source whose interpolated values were encoded, so that nothing in them can become code. Made by `py`. */
export interface PythonSource {
  readonly source: string;
}
