/// Reads a document that may be YAML or JSON, such as an OpenAPI document.
public struct DocumentLoader: Sendable {
    /// Limits on the accepted input.
    public var limits: YAMLLimits

    /// Creates a loader.
    public init(limits: YAMLLimits = .published) {
        self.limits = limits
    }

    /// Loads a document as JSON, if its name or its beginning suggests JSON, otherwise as YAML.
    ///
    /// - Parameters:
    ///   - file: The text to parse.
    ///   - diagnostics: Receives the errors.
    /// - Returns: The document's root; nil if it could not be parsed completely or is empty.
    public func load(_ file: SourceFile, reporting diagnostics: inout Diagnostics) -> YAMLNode? {
        let isNamedJSON = file.path.lowercased().hasSuffix(".json")
        guard isNamedJSON || Self.beginsAsJSON(file.content) else {
            return YAMLLoader(limits: limits).load(file, reporting: &diagnostics)
        }
        var findings = Diagnostics()
        let root = JSONLoader(limits: limits).load(file, reporting: &findings)
        if root == nil, !isNamedJSON {
            // Braces and quotes are also valid YAML.
            var others = Diagnostics()
            if let root = YAMLLoader(limits: limits).load(file, reporting: &others), !others.hasErrors {
                diagnostics.append(others.all)
                return root
            }
        }
        diagnostics.append(findings.all)
        return root
    }

    private static func beginsAsJSON(_ content: ArraySlice<UInt8>) -> Bool {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        let text = content.drop(while: isSpace)
        guard text.first == UInt8(ascii: "{") else { return text.first == UInt8(ascii: "[") }
        let second = text.dropFirst().drop(while: isSpace).first
        return second == UInt8(ascii: "\"") || second == UInt8(ascii: "}")
    }
}
