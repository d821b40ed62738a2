/// Parses a JSON text (RFC 8259) into the same nodes as the YAML loader.
///
/// libyaml does not accept all JSON texts, because it rejects surrogate pairs, long keys and tabs. Strings become
/// quoted scalars, and all other values plain ones.
public struct JSONLoader: Sendable {
    /// Limits on the accepted input.
    public var limits: YAMLLimits

    /// Creates a loader.
    public init(limits: YAMLLimits = .published) {
        self.limits = limits
    }

    /// Loads a document.
    ///
    /// - Parameters:
    ///   - file: The text to parse.
    ///   - diagnostics: Receives the errors. A syntax error ends the parsing, a duplicate key does not.
    /// - Returns: The document's root; nil if it could not be parsed completely.
    public func load(_ file: SourceFile, reporting diagnostics: inout Diagnostics) -> YAMLNode? {
        if let fault = InputCheck(file, limits: limits, sizeRule: "json-size").fault {
            diagnostics.report(fault)
            return nil
        }
        var parser = JSONNodeParser(file: file, limits: limits)
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
