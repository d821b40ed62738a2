internal import OktaRuntime

/// Candidates behind the name of an action: its parameters, the options of every action, and their values.
struct ActionCompletion: Sendable {
    private let action: CommandAction
    private let options: ToolDescription
    private let sources: CompletionSources
    private let types: FieldTypes
    private let objects: PathNames
    /// The short options of parameters that name objects: the parameter by the option.
    private let shortOptions: [String: String]

    init(_ action: CommandAction, _ options: ToolDescription, _ sources: CompletionSources) {
        self.action = action
        self.options = options
        self.sources = sources
        types = FieldTypes(action.module.schema)
        objects = PathNames(action.descriptor)
        shortOptions = objects.options(besides: Set(options.arguments.flatMap(\.names)))
    }

    /// The candidates behind some words.
    func candidates(_ words: [String], _ current: String) async -> [CompletionCandidate] {
        var used: Set<String> = []
        var positionals = 0
        var pending: String?
        for word in words {
            if pending != nil {
                pending = nil
            } else if word.hasPrefix("-"), word.count > 1 {
                let name = String(word.prefix { $0 != "=" })
                used.insert(name)
                if !word.contains("="), takesValue(name) { pending = name }
            } else {
                positionals += 1
            }
        }
        if let pending {
            // A boolean may stand alone, so that the next word may be an option.
            let isBoolean = parameter(pending)?.type == .boolean
            return await values(of: pending, current) + (isBoolean && current.hasPrefix("-") ? names(used) : [])
        }
        if current.hasPrefix("-") {
            guard let sign = current.firstIndex(of: "=") else { return names(used) }
            let name = String(current[..<sign])
            return await values(of: name, String(current[current.index(after: sign)...])).map { $0.behind("\(name)=") }
        }
        let path = action.descriptor.parameters.filter { parameter in
            parameter.location == .path && !used.contains { self.parameter($0)?.name == parameter.name }
        }
        guard positionals < path.count else { return [] }
        return await values(of: path[positionals], current)
    }

    private func names(_ used: Set<String>) -> [CompletionCandidate] {
        let help = action.help
        let own = action.descriptor.parameters.compactMap { parameter -> CompletionCandidate? in
            let name = "--\(KebabCase.name(of: parameter.name))"
            guard parameter.type == .list || !used.contains(name) else { return nil }
            return CompletionCandidate(name, help?.parameters[parameter.name]?.text ?? "")
        }
        let short = shortOptions.sorted { $0.key < $1.key }.compactMap { option, name -> CompletionCandidate? in
            let isGiven = used.contains("--\(option)") || used.contains("--\(KebabCase.name(of: name))")
            return isGiven ? nil : CompletionCandidate("--\(option)", "its name, or its id")
        }
        let taken = Set((own + short).map(\.text))
        return own + short.filter { candidate in !own.contains { $0.text == candidate.text } }
            + OptionCompletion.names(options, used: used).filter { !taken.contains($0.text) }
    }

    private func parameter(_ option: String) -> ActionDescriptor.Parameter? {
        let name = shortOptions[String(option.dropFirst(2))]
        return action.descriptor.parameters.first {
            "--\(KebabCase.name(of: $0.name))" == option || "--\($0.name)" == option
        } ?? action.descriptor.parameters.first { $0.name == name }
    }

    private func takesValue(_ name: String) -> Bool {
        if parameter(name) != nil { return true }
        return options.arguments.first { $0.names.contains(name) }?.takesValue ?? false
    }

    // MARK: Values

    private func values(of name: String, _ current: String) async -> [CompletionCandidate] {
        if let parameter = parameter(name) { return await values(of: parameter, current) }
        switch name {
        case "--set": return assignments(current)
        case "--columns": return listed(current, fields(of: action.itemModel, below: ""))
        case "--where":
            return fields(of: action.itemModel, below: "").flatMap { [$0.closed("="), $0.closed(":exists")] }
        case "--map":
            return action.descriptor.parameters.map { CompletionCandidate("\(KebabCase.name(of: $0.name))=") }
        default:
            guard let option = options.arguments.first(where: { $0.names.contains(name) }) else { return [] }
            return await ValueCompletion(sources).values(of: option, current)
        }
    }

    private func values(
        of parameter: ActionDescriptor.Parameter, _ current: String
    ) async -> [CompletionCandidate] {
        if parameter.type == .boolean { return [CompletionCandidate("true"), CompletionCandidate("false")] }
        guard let name = action.help?.parameters[parameter.name]?.enumeration, let values = types.values(of: name)
        else { return await objects(of: parameter, current) }
        let candidates = values.map { CompletionCandidate($0) }
        return parameter.type == .list ? listed(current, candidates) : candidates
    }

    /// The names of objects of the org that a parameter may name.
    private func objects(
        of parameter: ActionDescriptor.Parameter, _ current: String
    ) async -> [CompletionCandidate] {
        guard let place = objects.parameters.first(where: { $0.name == parameter.name }),
            let collection = NamedCollection(place, of: action)
        else { return [] }
        return await sources.objects(collection, current).map { CompletionCandidate($0) }
    }

    /// Candidates for the last part of a list with commas; those that are in it already are left out.
    private func listed(_ current: String, _ candidates: [CompletionCandidate]) -> [CompletionCandidate] {
        let end = current.lastIndex(of: ",").map { current.index(after: $0) } ?? current.startIndex
        let before = String(current[..<end])
        let given = Set(before.split(separator: ",").map(String.init))
        return candidates.filter { !given.contains($0.text) }.map { $0.behind(before) }
    }

    /// `field=` of the body, or the values of a field.
    private func assignments(_ current: String) -> [CompletionCandidate] {
        guard let model = BodyKind(action.descriptor).model else { return [] }
        guard let sign = current.firstIndex(of: "=") else {
            let folder = current.lastIndex(of: ".").map { String(current[..<$0]) } ?? ""
            return fields(of: type(folder, in: model), below: folder).map { $0.isOpen ? $0 : $0.closed("=") }
        }
        let field = String(current[..<sign])
        guard let type = types.type(of: field.split(separator: ".").map(String.init), in: model) else { return [] }
        let values = type == "boolean" ? ["true", "false"] : types.values(of: type) ?? []
        return values.map { CompletionCandidate("\(field)=\($0)") }
    }

    private func type(_ path: String, in model: String?) -> String? {
        path.isEmpty ? model : types.type(of: path.split(separator: ".").map(String.init), in: model)
    }

    /// The fields of a model; those that have parts end with a dot.
    private func fields(of model: String?, below path: String) -> [CompletionCandidate] {
        guard let model else { return [] }
        return types.fields(of: model).map { field in
            let name = path.isEmpty ? field.name : "\(path).\(field.name)"
            return CompletionCandidate(types.fields(of: field.type).isEmpty ? name : "\(name).")
        }
    }
}

extension CompletionCandidate {
    /// The candidate with a sign behind it, or as it is where a name has parts.
    fileprivate func closed(_ sign: String) -> CompletionCandidate {
        isOpen ? self : CompletionCandidate(text + sign, help)
    }
}
