/// The entry point that libFuzzer calls with each input. A broken rule ends the process, which libFuzzer reports with
/// the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    DocumentRules(bytes: Array(UnsafeBufferPointer(start: start, count: count))).check()
    return 0
}
