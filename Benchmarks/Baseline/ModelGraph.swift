import OktaCatalog
import OktaGenerator

/// Which models hold which.
struct ModelGraph {
    private let models: [SwiftName: PlannedModel]

    init(plan: Plan) {
        var models: [SwiftName: PlannedModel] = [:]
        for case .model(let model) in plan.modelFiles.flatMap(\.types) { models[model.name] = model }
        for case .alias(let alias) in plan.modelFiles.flatMap(\.types) { models[alias.name] = models[alias.target] }
        self.models = models
    }

    subscript(name: SwiftName) -> PlannedModel? { models[name] }

    /// Whether a struct of this model would hold itself, so that the field needs a box.
    func isRecursive(from model: SwiftName, through type: SwiftType) -> Bool {
        guard case .model(let first) = type else { return false }
        var seen: Set<SwiftName> = []
        var waiting = [first]
        while let name = waiting.popLast() {
            if name == model { return true }
            guard seen.insert(name).inserted, let next = models[name] else { continue }
            for field in next.allFields {
                if case .model(let held) = field.type { waiting.append(held) }
            }
        }
        return false
    }

    /// A model and all that it holds, directly or not, by name.
    func reachable(from root: SwiftName) -> [PlannedModel] {
        var seen: [SwiftName: PlannedModel] = [:]
        var waiting = [root]
        while let name = waiting.popLast() {
            guard let model = models[name], seen[model.name] == nil else { continue }
            seen[model.name] = model
            for field in model.allFields { waiting += Self.names(in: field.type) }
        }
        return seen.values.sorted { $0.name < $1.name }
    }

    private static func names(in type: SwiftType) -> [SwiftName] {
        switch type {
        case .model(let name): [name]
        case .array(let element): names(in: element)
        case .dictionary(let value): names(in: value)
        default: []
        }
    }
}
