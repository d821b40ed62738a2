import OktaCatalog
import YAML

/// The invariants of the YAML and JSON loaders for any input.
struct LoaderRules {
    let bytes: [UInt8]

    func check() {
        // The limits are small, so that inputs reach them.
        let limits = YAMLLimits(bytes: 1 << 16, depth: 24, nodes: 2000)
        let file = SourceFile(path: "input", bytes: bytes)
        var findings: [Diagnostics] = []
        var roots: [YAMLNode?] = []
        for load in [
            YAMLLoader(limits: limits).load, JSONLoader(limits: limits).load, DocumentLoader(limits: limits).load,
        ] {
            var diagnostics = Diagnostics()
            let root = load(file, &diagnostics)
            require(root != nil || diagnostics.hasErrors, "what is not read is reported")
            for finding in diagnostics.all {
                require(finding.location.map { isWithin($0, file) } ?? false, "a finding has a place in the file")
            }
            _ = DiagnosticRenderer(files: [file]).render(diagnostics.sorted)
            if let root, !diagnostics.hasErrors { check(root, file) }
            findings.append(diagnostics)
            roots.append(root)
        }
        // JSON that both loaders accept has the same value in both.
        if let yaml = roots[0], let json = roots[1], !findings[0].hasErrors, !findings[1].hasErrors {
            require(
                CanonicalContent(of: yaml).bytes == CanonicalContent(of: json).bytes, "JSON means the same as YAML")
        }
    }

    private func check(_ root: YAMLNode, _ file: SourceFile) {
        visit(root, file)
        // The canonical form is JSON, and its own canonical form.
        let canonical = CanonicalContent(of: root).bytes
        var diagnostics = Diagnostics()
        let copy = JSONLoader().load(SourceFile(path: "copy.json", bytes: canonical), reporting: &diagnostics)
        require(copy != nil && !diagnostics.hasErrors, "the canonical form is JSON")
        if let copy { require(CanonicalContent(of: copy).bytes == canonical, "the canonical form is its own") }
    }

    private func visit(_ node: YAMLNode, _ file: SourceFile) {
        require(isWithin(node.location, file), "a value stands in the file")
        for element in node.elements ?? [] { visit(element, file) }
        for entry in node.entries ?? [] {
            require(entry.key.scalar != nil, "a key is text")
            visit(entry.key, file)
            visit(entry.value, file)
        }
    }

    private func isWithin(_ location: SourceLocation, _ file: SourceFile) -> Bool {
        let end = file.mark(atByte: file.content.count)
        return location.start <= location.end && location.end <= SourceMark(line: end.line + 1, column: 1)
            && location.start.line >= 1 && location.start.column >= 1
    }

    private func require(_ condition: Bool, _ rule: String) {
        guard condition else { preconditionFailure("broken rule: \(rule)") }
    }
}
