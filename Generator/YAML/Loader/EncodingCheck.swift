/// Rejects bytes that are not UTF-8 before libyaml reads them, so that the position is correct.
struct EncodingCheck {
    let fault: Diagnostic?

    init(file: SourceFile) {
        if file.bytes.starts(with: [0xFE, 0xFF]) || file.bytes.starts(with: [0xFF, 0xFE]) {
            let start = SourceLocation(file: file.path, start: .start, end: .start)
            fault = Diagnostic(
                rule: "yaml-encoding", "the file is UTF-16", at: start, hint: "save it as UTF-8")
            return
        }
        let bytes = file.content
        guard String(validating: bytes, as: UTF8.self) == nil else {
            fault = nil
            return
        }
        let mark = file.mark(atByte: Self.firstInvalidByte(in: bytes))
        fault = Diagnostic(
            rule: "yaml-encoding", "this byte is not valid UTF-8",
            at: SourceLocation(file: file.path, start: mark, end: mark), hint: "save the file as UTF-8")
    }

    private static func firstInvalidByte(in bytes: ArraySlice<UInt8>) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var valid = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): valid += UTF8.width(scalar)
            case .emptyInput, .error: return valid
            }
        }
    }
}
