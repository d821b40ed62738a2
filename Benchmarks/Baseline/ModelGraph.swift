/// The graph of models that contain other models.
struct ModelGraph {
    private let models: [String: GeneratedModels.Model]
    private let enumerations: Set<String>
    private let source: GeneratedModels

    init(_ source: GeneratedModels) {
        self.source = source
        models = Dictionary(source.files.flatMap(\.models).map { ($0.name, $0) }) { first, _ in first }
        enumerations = Set(source.files.flatMap(\.enumerations).map(\.name))
    }

    func allFields(of model: GeneratedModels.Model) -> [GeneratedModels.Field] { source.allFields(of: model) }

    func isModel(_ name: String) -> Bool { models[resolved(name)] != nil }

    func isEnumeration(_ name: String) -> Bool { enumerations.contains(resolved(name)) }

    /// Returns whether a struct of this model would hold itself, so that the field needs a box.
    func isRecursive(from model: String, through type: FieldType) -> Bool {
        guard case .named(let first) = type else { return false }
        var seen: Set<String> = []
        var waiting = [resolved(first)]
        while let name = waiting.popLast() {
            if name == model { return true }
            guard seen.insert(name).inserted, let next = models[name] else { continue }
            for field in allFields(of: next) {
                if case .named(let held) = field.type { waiting.append(resolved(held)) }
            }
        }
        return false
    }

    /// Returns the names of a model and of all models that it contains, directly or indirectly.
    func reachable(from root: String) -> [GeneratedModels.Model] {
        var seen: [String: GeneratedModels.Model] = [:]
        var waiting = [root]
        while let name = waiting.popLast().map(resolved) {
            guard seen[name] == nil, let model = models[name] else { continue }
            seen[name] = model
            for field in allFields(of: model) { waiting.append(field.type.name) }
        }
        return seen.values.sorted { $0.name < $1.name }
    }

    private func resolved(_ name: String) -> String { source.aliases[name] ?? name }
}
