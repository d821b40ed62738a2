/// Reads one JSON text, as RFC 8259 has it, into the nodes that the YAML loader gives.
///
/// Not every JSON text is YAML for libyaml: pairs of surrogate escapes, long keys and tabs are refused there. Strings
/// become quoted scalars, all other values plain ones.
public struct JSONLoader: Sendable {
    /// Bounds on what is accepted.
    public var limits: YAMLLimits

    /// Creates a loader.
    public init(limits: YAMLLimits = .published) {
        self.limits = limits
    }

    /// Loads a document.
    ///
    /// - Parameters:
    ///   - file: The text to read.
    ///   - diagnostics: Receives the errors: a fault of the syntax ends the reading, a duplicate key does not.
    /// - Returns: The document's root; nil when it could not be read to its end.
    public func load(_ file: SourceFile, reporting diagnostics: inout Diagnostics) -> YAMLNode? {
        guard file.bytes.count <= limits.bytes else {
            diagnostics.report(
                Diagnostic(
                    rule: "json-size", "the file has \(file.bytes.count) bytes; at most \(limits.bytes) are read",
                    at: SourceLocation(file: file.path, start: .start, end: .start), hint: "split the file"))
            return nil
        }
        if let fault = EncodingCheck(file: file).fault {
            diagnostics.report(fault)
            return nil
        }
        var parser = JSONParser(file: file, limits: limits)
        do throws(Diagnostic) {
            let root = try parser.parse()
            diagnostics.append(parser.findings)
            return root
        } catch {
            diagnostics.append(parser.findings)
            diagnostics.report(error)
            return nil
        }
    }
}
