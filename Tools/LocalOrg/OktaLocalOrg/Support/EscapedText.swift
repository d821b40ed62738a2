import OktaRuntime

/// JSON strings. Nearly all texts are ASCII without escapes and are copied.
enum QuotedText {
    static func write(_ text: String, into output: inout [UInt8]) {
        let isWritten: Bool? = text.utf8.withContiguousStorageIfAvailable { bytes in
            guard bytes.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) else {
                return false
            }
            output.append(UInt8(ascii: "\""))
            output.append(contentsOf: bytes)
            output.append(UInt8(ascii: "\""))
            return true
        }
        if isWritten != true { JSON(text).write(into: &output) }
    }
}

/// Text in HTML pages.
enum HTMLText {
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
    }
}
