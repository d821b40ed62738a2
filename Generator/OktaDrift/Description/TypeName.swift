/// The names of types in messages.
enum TypeName {
    /// The name of a used type: its own, or its content.
    static func of(_ use: TypeUse, in description: APIDescription) -> String {
        var (prefix, suffix) = ("", "")
        var current = use.shape
        // The loader limits the nesting.
        while true {
            let shape = description.shapes[current]
            if let name = shape.name { return prefix + name + suffix }
            switch (shape.kind, shape.element) {
            case (.array, let element?):
                (prefix, suffix) = (prefix + "[", "]" + suffix)
                current = element.shape
            case (.map, let element?):
                (prefix, suffix) = (prefix + "{map: ", "}" + suffix)
                current = element.shape
            default: return prefix + shape.kind.rawValue + suffix
            }
        }
    }
}
