/// Writes answers that are no JSON: certificates, pictures, XML.
package enum RawOutput {
    /// Writes bytes as they are; on a terminal, only text, without what a terminal obeys.
    ///
    /// - Throws: A ``CommandFailure`` for bytes on a terminal that are no text.
    package static func write(_ bytes: [UInt8], to output: TextOutput) throws(CommandFailure) {
        guard output.isTerminal else { return output.write(bytes: bytes) }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw .usage(
                "the answer is \(bytes.count) bytes that are no text", advice: "Write them to a file: … > FILE")
        }
        // A carriage return before a line feed ends a line.
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
        output.write(TerminalText.safe(lines, keepsLines: true))
        if !text.hasSuffix("\n") { output.write("\n") }
    }
}
