internal import OktaRuntime

/// Values of parameters that are not in the catalog, but resemble one that is. They are sent anyway, since an org may
/// accept more values than the catalog lists.
struct UnlistedValues: Sendable {
    private let action: CommandAction

    init(of action: CommandAction) { self.action = action }

    /// Returns a notice for each such value, with the value that was probably meant.
    func notices(_ values: [String: String]) -> [String] {
        let texts = action.descriptor.parameters.filter {
            values[$0.name] != nil && $0.location == .query && ($0.type == .string || $0.type == .list)
        }
        // The help texts are parsed only if they may be needed.
        guard !texts.isEmpty, let help = action.help else { return [] }
        let types = FieldTypes(action.module.schema)
        return texts.flatMap { parameter -> [String] in
            guard let value = values[parameter.name], let name = help.parameters[parameter.name]?.enumeration,
                let known = types.values(of: name)
            else { return [] }
            let parts = parameter.type == .list ? value.split(separator: ",").map(String.init) : [value]
            return parts.filter { !known.contains($0) }.compactMap { part in
                guard let meant = Self.nearest(part, known) else { return nil }
                return "the catalog has no \(part) for --\(KebabCase.name(of: parameter.name)); did you mean \(meant)?"
            }
        }
    }

    private static func nearest(_ text: String, _ known: [String]) -> String? {
        let ranked = known.map { ($0, EditDistance.between(text.lowercased(), $0.lowercased())) }
        guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= max(1, text.count / 4) else { return nil }
        return best.0
    }
}
