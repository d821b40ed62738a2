import CLibYAML
import Synchronization

/// Parses one YAML document with libyaml's event parser into nodes with source locations.
///
/// The accepted language is the subset of YAML that all parsers read alike: no anchors, aliases, tags, merge keys,
/// complex keys, duplicate keys or second documents. Only the limits of published documents permit anchors and aliases,
/// which are read as their values. Anything else is reported with its location. An error that does not stop the parser
/// does not hide later ones.
public struct YAMLLoader: Sendable {
    /// Limits on the accepted input.
    public var limits: YAMLLimits

    /// Creates a loader.
    public init(limits: YAMLLimits = .written) {
        self.limits = limits
    }

    /// Loads a document.
    ///
    /// - Parameters:
    ///   - file: The text to parse.
    ///   - diagnostics: Receives the errors.
    /// - Returns: The document's root; nil if it could not be parsed completely or is empty.
    public func load(_ file: SourceFile, reporting diagnostics: inout Diagnostics) -> YAMLNode? {
        if let fault = InputCheck(file, limits: limits, sizeRule: "yaml-size").fault {
            diagnostics.report(fault)
            return nil
        }
        LoadRecorder.current?.note(file)
        let separators = LineSeparators(of: file.content)
        var builder = YAMLTreeBuilder(file: file, limits: limits, separators: separators)
        let root = parse(separators.bytes, of: file, into: &builder)
        diagnostics.append(builder.diagnostics)
        if root == nil, builder.diagnostics.isEmpty {
            diagnostics.report(
                Diagnostic(
                    rule: "yaml-empty", "the file is empty",
                    at: SourceLocation(file: file.path, start: .start, end: .start)))
        }
        return root
    }

    private func parse(
        _ bytes: ArraySlice<UInt8>, of file: SourceFile, into builder: inout YAMLTreeBuilder
    ) -> YAMLNode? {
        guard !bytes.isEmpty else { return nil }
        // The parser contains pointers into itself, so it keeps one address until it is deleted.
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

/// Counts the number of times that libyaml parses each file of a run.
///
/// Nothing is counted unless a test sets ``current``.
package final class LoadRecorder: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    /// The recorder of the current run, if any.
    @TaskLocal package static var current: LoadRecorder?

    /// Creates a recorder without counts.
    package init() {}

    /// The number of times that each file was parsed, by path.
    package var countsByPath: [String: Int] { counts.withLock { $0 } }

    func note(_ file: SourceFile) {
        counts.withLock { $0[file.path, default: 0] += 1 }
    }
}
