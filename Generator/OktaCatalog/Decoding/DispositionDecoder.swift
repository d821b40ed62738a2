import YAML

/// Decodes `upstream.yaml`.
struct DispositionDecoder {
    private(set) var findings: [Diagnostic] = []

    private static let methods = ["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"]

    mutating func dispositions(from node: YAMLNode) -> Dispositions? {
        var reader = MappingReader(node, as: "upstream.yaml", keys: EntryKeys.dispositions.order)
        let release = reader.requiredString("release")
        let content = reader.requiredString("content")
        if let content, !CanonicalContent.isHash(content.value) {
            reader.report(
                Diagnostic(
                    rule: "invalid-content-hash", "`content` must be `sha256:` and 64 hexadecimal digits",
                    at: content.location, hint: "let `okta-generator update` write it"))
        }
        let ignored = reader.elements("ignored", expected: "a list of reasons with their operations").compactMap {
            self.ignored(from: $0)
        }
        let cover = reader.elements("cover", expected: "a list of categories with operations").compactMap {
            self.cover(from: $0)
        }
        let toDo = operations("toDo", &reader)
        let gone = operations("gone", &reader)
        findings += reader.findings
        guard let release, let content else { return nil }
        return Dispositions(
            release: release, content: content, ignored: ignored, cover: cover, toDo: toDo, gone: gone,
            path: node.location.file)
    }

    private mutating func ignored(from node: YAMLNode) -> Dispositions.Ignored? {
        var reader = MappingReader(node, as: "an ignored group", keys: ["reason", "operations"])
        defer { findings += reader.findings }
        let reason = reader.requiredString("reason")
        if let reason, reason.value.isUnwritten {
            reader.report(
                Diagnostic(
                    rule: "missing-reason", "these operations are ignored without a reason", at: reason.location,
                    hint: "state in one sentence why they have no action"))
        }
        if reader["operations"] == nil { reader.reportMissing("operations") }
        let operations = operations("operations", &reader)
        return reason.map { .init(reason: $0, operations: operations) }
    }

    private mutating func cover(from node: YAMLNode) -> Dispositions.Cover? {
        var reader = MappingReader(node, as: "a category to cover", keys: ["category", "operations"])
        defer { findings += reader.findings }
        let category = reader.requiredString("category")
        if reader["operations"] == nil { reader.reportMissing("operations") }
        let operations = operations("operations", &reader)
        return category.map { .init(category: $0, operations: operations) }
    }

    private func operations(_ key: String, _ reader: inout MappingReader) -> [Located<OperationIdentity>] {
        var operations: [Located<OperationIdentity>] = []
        for entry in reader.entries(key, expected: "a mapping from paths to lists of methods") {
            guard OperationIdentity.erased(entry.name) != nil else {
                reader.report(
                    Diagnostic(
                        rule: "invalid-path", "`\(entry.name)` is not a path", at: entry.key.location,
                        hint: "start with `/`, and write `{}` for each parameter"))
                continue
            }
            guard let methods = entry.value.elements, !methods.isEmpty else {
                reader.reportType(entry.value, "`\(entry.name)`", expected: "a list of methods, such as `[GET]`")
                continue
            }
            for method in methods {
                guard let name = method.scalar, Self.methods.contains(name) else {
                    reader.report(
                        Diagnostic(
                            rule: "unknown-value", "`\(method.scalar ?? method.kindName)` is not a method",
                            at: method.location, hint: "write one of \(Self.methods.joined(separator: ", "))"))
                    continue
                }
                operations.append(Located(OperationIdentity(name, entry.name), at: method.location))
            }
        }
        return operations
    }
}
