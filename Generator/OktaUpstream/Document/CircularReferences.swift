import OktaCatalog
import YAML

/// Finds schemas that refer directly to themselves, so that no value can be derived from them.
///
/// A schema may contain itself in a property, list or map, and a variant of a choice may extend the choice. However,
/// targets of `$ref` and `allOf` are resolved immediately and must not be circular.
struct CircularReferences {
    private(set) var findings: [Diagnostic] = []

    private struct Step {
        var name: ExactText
        /// The references still to be followed.
        var references: ArraySlice<YAMLNode>
    }

    init(targets: [ExactText: YAMLNode]) {
        var done: Set<ExactText> = []
        for start in targets.keys.sorted() where !done.contains(start) {
            // The path to the current target, as an explicit stack, because chains can be as long as the document.
            var way = [Step(name: start, references: Self.references(in: targets[start])[...])]
            var underWay: Set<ExactText> = [start]
            while !way.isEmpty {
                let top = way.count - 1
                guard let reference = way[top].references.popFirst(), let name = reference.scalar.map({ ExactText($0) })
                else {
                    underWay.remove(way[top].name)
                    done.insert(way[top].name)
                    way.removeLast()
                    continue
                }
                if underWay.contains(name) {
                    let circle = way.drop { $0.name != name }.map(\.name.text) + [name.text]
                    findings.append(Self.finding(circle, at: reference))
                } else if !done.contains(name), let target = targets[name] {
                    underWay.insert(name)
                    way.append(Step(name: name, references: Self.references(in: target)[...]))
                }
            }
        }
    }

    private static func finding(_ circle: [String], at reference: YAMLNode) -> Diagnostic {
        let shown = circle.count > 6 ? Array(circle.prefix(4)) + ["…", circle[circle.count - 1]] : circle
        return Diagnostic(
            rule: "circular-reference",
            "this reference is circular: \(shown.map { "`\($0)`" }.joined(separator: " → "))",
            at: reference.location, hint: "replace one of them with a value")
    }

    /// Returns the references that are resolved together with a node. The depth of nested `allOf` is limited by the
    /// loader.
    private static func references(in node: YAMLNode?) -> [YAMLNode] {
        guard let node else { return [] }
        let own = [node["$ref"]].compactMap { $0 }.filter { $0.scalar != nil }
        return own + (node["allOf"]?.elements ?? []).flatMap { references(in: $0) }
    }
}
