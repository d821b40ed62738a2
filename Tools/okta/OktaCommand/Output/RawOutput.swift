/// Writes responses that are not JSON: certificates, images, XML.
package enum RawOutput {
    /// Writes bytes unchanged. A terminal only receives text, without control characters.
    ///
    /// - Throws: A ``CommandFailure`` for binary data on a terminal.
    package static func write(_ bytes: [UInt8], to output: TextOutput) throws(CommandFailure) {
        guard output.isTerminal else { return output.write(bytes: bytes) }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw .usage(
                "the response is \(bytes.count) bytes that are not text", advice: "Write them to a file: … > FILE")
        }
        // CRLF is a line end.
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
        output.write(TerminalText.safe(lines, keepsLines: true))
        if !text.hasSuffix("\n") { output.write("\n") }
    }
}
