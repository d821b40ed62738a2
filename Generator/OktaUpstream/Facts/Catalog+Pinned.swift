import OktaCatalog
import YAML

extension Catalog {
    /// Copies the pinned facts of another catalog's models, and the declarations that only it has, because pinned facts
    /// may refer to them.
    mutating func keepPinnedModels(of other: Catalog) {
        let models = other.modelsByName
        for file in modelFiles.indices {
            for index in modelFiles[file].models.indices {
                guard let decided = models[modelFiles[file].models[index].name.value] else { continue }
                modelFiles[file].models[index].keepPinned(of: decided)
            }
        }
        let known = Set(declarations.map(\.name))
        for var file in other.modelFiles {
            file.models.removeAll { known.contains($0.name.value) }
            file.enumerations.removeAll { known.contains($0.name.value) }
            modelFiles.append(file)
        }
    }
}

extension UpstreamAction {
    /// Returns the facts with those that the catalog's action has pinned.
    func facts(keepingPinnedOf decided: CatalogAction) -> CatalogAction {
        var facts = facts
        for key in decided.pinned {
            switch key {
            case "upstream": facts.upstream = decided.upstream
            case "reference": facts.reference = decided.reference
            case "body": facts.body = decided.body
            case "returns": facts.returns = decided.returns
            case "otherReturns": facts.otherReturnsByStatus = decided.otherReturnsByStatus
            case "alternatives": facts.alternatives = decided.alternatives
            case "accept": facts.accept = decided.accept
            case "success": facts.successCodes = decided.successCodes
            case "paging": facts.paging = decided.paging
            case "hostPrefix": facts.hostPrefix = decided.hostPrefix
            case "authorization": facts.authorization = decided.authorization
            case "scopes": facts.scopes = decided.scopes
            case "lifecycle": facts.lifecycle = decided.lifecycle
            case "deprecated": facts.deprecation = decided.deprecation
            default: break
            }
        }
        let keys = ParameterKeys(of: facts.parameters).keys
        for (index, key) in keys.enumerated() where !key.hasSameBytes(as: facts.parameters[index].name.value) {
            facts.parameters[index].swiftName = Located(key, at: facts.parameters[index].name.location)
        }
        for (position, parameter) in decided.parameters.enumerated() where !parameter.pinned.isEmpty {
            if let index = standing.firstIndex(of: position) {
                facts.parameters[index].keepPinned(of: parameter)
            } else {
                // An update does not remove it either.
                facts.parameters.append(parameter)
            }
        }
        return facts
    }
}

extension CatalogParameter {
    fileprivate mutating func keepPinned(of other: CatalogParameter) {
        if other.pinned.contains("type") { type = other.type }
        if other.pinned.contains("required") { isRequired = other.isRequired }
        if other.pinned.contains("explode") { explodes = other.explodes }
        if other.pinned.contains("deprecated") { isDeprecated = other.isDeprecated }
        constraints.keep(other.pinned, of: other.constraints)
    }
}

extension CatalogModel {
    fileprivate mutating func keepPinned(of other: CatalogModel) {
        for decided in other.fields where !decided.pinned.isEmpty {
            guard let index = fields.firstIndex(where: { $0.name.value.hasSameBytes(as: decided.name.value) }) else {
                // An update does not remove it either.
                fields.append(decided)
                continue
            }
            for key in decided.pinned {
                switch key {
                case "type": fields[index].type = decided.type
                case "required": fields[index].isRequired = decided.isRequired
                case "readOnly": fields[index].isReadOnly = decided.isReadOnly
                case "writeOnly": fields[index].isWriteOnly = decided.isWriteOnly
                case "nullable": fields[index].isNullable = decided.isNullable
                case "deprecated": fields[index].isDeprecated = decided.isDeprecated
                default: break
                }
            }
            fields[index].constraints.keep(decided.pinned, of: decided.constraints)
        }
    }
}

extension Constraints {
    fileprivate mutating func keep(_ pinned: Set<String>, of other: Constraints) {
        if pinned.contains("minimum") { minimum = other.minimum }
        if pinned.contains("maximum") { maximum = other.maximum }
        if pinned.contains("minLength") { minimumLength = other.minimumLength }
        if pinned.contains("maxLength") { maximumLength = other.maximumLength }
        if pinned.contains("pattern") { pattern = other.pattern }
        if pinned.contains("default") { defaultValue = other.defaultValue }
    }
}
