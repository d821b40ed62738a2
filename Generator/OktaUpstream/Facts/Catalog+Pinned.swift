import OktaCatalog

/// Keeps the pinned facts.
extension Catalog {
    /// Takes the pinned facts of another catalog, and the declarations that only it has, because pinned facts may refer
    /// to them.
    mutating func keepPinned(of other: Catalog) {
        let actions = Dictionary(
            other.categories.flatMap(\.actions).compactMap { action in action.identity.map { ($0, action) } },
            uniquingKeysWith: { first, _ in first })
        for category in categories.indices {
            for index in categories[category].actions.indices {
                let identity = categories[category].actions[index].identity
                guard let decided = identity.flatMap({ actions[$0] }) else { continue }
                categories[category].actions[index].keepPinned(of: decided)
            }
        }
        let models = Dictionary(
            other.modelFiles.flatMap(\.models).map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
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

extension CatalogAction {
    fileprivate mutating func keepPinned(of other: CatalogAction) {
        for key in other.pinned {
            switch key {
            case "upstream": upstream = other.upstream
            case "reference": reference = other.reference
            case "body": body = other.body
            case "returns": returns = other.returns
            case "otherReturns": otherReturnsByStatus = other.otherReturnsByStatus
            case "alternatives": alternatives = other.alternatives
            case "accept": accept = other.accept
            case "success": successCodes = other.successCodes
            case "paging": isPaged = other.isPaged
            case "scopes": scopes = other.scopes
            case "lifecycle": lifecycle = other.lifecycle
            case "deprecated": deprecation = other.deprecation
            default: break
            }
        }
        let matching = ParameterMatching(of: parameters.map(\.identity), in: other.parameters.map(\.identity))
        for (position, decided) in other.parameters.enumerated() where !decided.pinned.isEmpty {
            guard let index = matching.indices.firstIndex(of: position) else {
                // An update does not remove it either.
                parameters.append(decided)
                continue
            }
            if decided.pinned.contains("type") { parameters[index].type = decided.type }
            if decided.pinned.contains("required") { parameters[index].isRequired = decided.isRequired }
            if decided.pinned.contains("deprecated") { parameters[index].isDeprecated = decided.isDeprecated }
            parameters[index].constraints.keep(decided.pinned, of: decided.constraints)
        }
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
