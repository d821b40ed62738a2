internal import OktaRuntime

/// Candidates after an action's name: its parameters, the common options, and their values.
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

    /// Returns the candidates after some words.
    func candidates(_ words: [String], _ current: String) async -> [CompletionCandidate] {
        var typed = TypedWords()
        for word in words { _ = typed.add(word, takesValue: takesValue) }
        let used = typed.used
        if let pending = typed.pending {
            // A Boolean needs no value, so the next word may be an option.
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
        guard typed.positionals < path.count else { return [] }
        return await values(of: path[typed.positionals], current)
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
        return options.option(name)?.takesValue ?? false
    }

    // MARK: Values

    private func values(of name: String, _ current: String) async -> [CompletionCandidate] {
        if let parameter = parameter(name) { return await values(of: parameter, current) }
        switch name {
        case "--set": return await assignments(current)
        case "--columns":
            let last = current.split(separator: ",", omittingEmptySubsequences: false).last.map(String.init) ?? ""
            return listed(current, await fields(of: action.itemModel, on: last))
        case "--where":
            return await fields(of: action.itemModel, on: current).flatMap { field in
                field.isOpen ? [field] : [field.closed("="), field.closed(":exists")]
            }
        case "--map":
            return action.descriptor.parameters.map { CompletionCandidate("\(KebabCase.name(of: $0.name))=") }
        default:
            guard let option = options.option(name) else { return [] }
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

    /// Returns the names of objects for a parameter.
    private func objects(
        of parameter: ActionDescriptor.Parameter, _ current: String
    ) async -> [CompletionCandidate] {
        guard let place = objects.parameters.first(where: { $0.name == parameter.name }),
            let collection = NamedCollection(place, of: action)
        else { return [] }
        return await sources.objects(collection, current).map { CompletionCandidate($0) }
    }

    /// Returns candidates for the last element of a comma-separated list, without those that it already has.
    private func listed(_ current: String, _ candidates: [CompletionCandidate]) -> [CompletionCandidate] {
        let end = current.lastIndex(of: ",").map { current.index(after: $0) } ?? current.startIndex
        let before = String(current[..<end])
        let given = Set(before.split(separator: ",").map(String.init))
        return candidates.filter { !given.contains($0.text) }.map { $0.behind(before) }
    }

    /// Returns `field=` for the body's fields, or the values of a field.
    private func assignments(_ current: String) async -> [CompletionCandidate] {
        guard let model = BodyKind(action.descriptor).model else { return [] }
        guard let sign = current.firstIndex(of: "=") else {
            return await fields(of: model, on: current).map { $0.closed("=") }
        }
        let field = String(current[..<sign])
        guard let type = types.type(of: field.split(separator: ".").map(String.init), in: model) else { return [] }
        let values = type == "boolean" ? ["true", "false"] : types.values(of: type) ?? []
        return values.map { CompletionCandidate("\(field)=\($0)") }
    }

    /// Returns the fields at a typed path, such as those of the profile for `profile.lo`. Fields with parts end with a
    /// dot. A profile also has the org's attributes.
    private func fields(of model: String?, on way: String) async -> [CompletionCandidate] {
        let folder = way.lastIndex(of: ".").map { String(way[..<$0]) } ?? ""
        let path = folder.split(separator: ".").map(String.init)
        guard let type = path.isEmpty ? model : types.type(of: path, in: model) else { return [] }
        let prefix = folder.isEmpty ? "" : "\(folder)."
        let declared = types.fields(of: FieldTypes.element(of: type)).map { field in
            let hasParts = !types.fields(of: FieldTypes.element(of: field.type)).isEmpty
            return CompletionCandidate(prefix + field.name + (hasParts ? "." : ""))
        }
        guard let profile = ProfileAttributes(model: type) else { return declared }
        let known = Set(declared.map(\.text))
        return await declared
            + sources.attributes(of: profile).map { CompletionCandidate(prefix + $0) }.filter {
                !known.contains($0.text)
            }
    }
}

extension CompletionCandidate {
    /// Returns the candidate followed by a sign, or unchanged if the name has parts.
    fileprivate func closed(_ sign: String) -> CompletionCandidate {
        isOpen ? self : followed(by: sign)
    }
}
