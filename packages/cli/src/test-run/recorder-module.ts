/** The module that records tests that are not of the suites: a worker loads it when such a test used a board. */
export const recorderModule: string = import.meta.resolve('@wirewrap/conformance/record-tests');
