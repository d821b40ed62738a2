/// What libFuzzer calls with each input. It ends the process where a rule is broken, which libFuzzer reports with the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    DocumentRules(bytes: Array(UnsafeBufferPointer(start: start, count: count))).check()
    return 0
}
