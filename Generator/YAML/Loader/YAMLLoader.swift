import CLibYAML

/// Reads one YAML document with libyaml's event parser into nodes that know their place.
///
/// The accepted language is the part of YAML that every reader understands alike: no anchors, aliases, tags, merge
/// keys, complex keys, duplicate keys or second documents. What is refused is reported with its place; a fault that
/// does not stop the parser does not hide the faults after it.
public struct YAMLLoader: Sendable {
    /// Bounds on what is accepted.
    public var limits: YAMLLimits

    /// Creates a loader.
    public init(limits: YAMLLimits = .written) {
        self.limits = limits
    }

    /// Loads a document.
    ///
    /// - Parameters:
    ///   - file: The text to read.
    ///   - diagnostics: Receives what is wrong.
    /// - Returns: The document's root; nil when it could not be read to its end or is empty.
    public func load(_ file: SourceFile, reporting diagnostics: inout Diagnostics) -> YAMLNode? {
        guard file.bytes.count <= limits.bytes else {
            diagnostics.report(
                Diagnostic(
                    rule: "yaml-size", "the file has \(file.bytes.count) bytes; at most \(limits.bytes) are read",
                    at: SourceLocation(file: file.path, start: .start, end: .start), hint: "split the file"))
            return nil
        }
        if let fault = EncodingCheck(file: file).fault {
            diagnostics.report(fault)
            return nil
        }
        let separators = LineSeparators(of: file.content)
        var builder = YAMLTreeBuilder(file: file, limits: limits, separators: separators)
        let root = parse(separators.bytes, of: file, into: &builder)
        diagnostics.append(builder.diagnostics)
        if root == nil, builder.diagnostics.isEmpty {
            diagnostics.report(
                Diagnostic(
                    rule: "yaml-empty", "the file holds no value",
                    at: SourceLocation(file: file.path, start: .start, end: .start)))
        }
        return root
    }

    private func parse(
        _ bytes: ArraySlice<UInt8>, of file: SourceFile, into builder: inout YAMLTreeBuilder
    ) -> YAMLNode? {
        guard !bytes.isEmpty else { return nil }
        // The parser holds pointers into itself, so it lives at one address until it is deleted.
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) == 1 else {
            builder.report(rule: "yaml-memory", "libyaml could not allocate its parser", at: .start)
            return nil
        }
        defer { yaml_parser_delete(parser) }
        return bytes.withUnsafeBufferPointer { input in
            yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
            yaml_parser_set_input_string(parser, input.baseAddress, input.count)
            while !builder.isFinished {
                var event = yaml_event_t()
                guard yaml_parser_parse(parser, &event) == 1 else {
                    builder.report(YAMLParserFault(parser: parser.pointee, reading: bytes, of: file).diagnostic)
                    return nil
                }
                builder.consume(event)
                yaml_event_delete(&event)
            }
            return builder.root
        }
    }
}
