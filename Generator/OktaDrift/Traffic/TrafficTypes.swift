/// The catalog's types, prepared for walking values. A type is created on first use.
final class TrafficTypes {
    /// A type.
    final class TypePlan {
        let shape: Shape
        /// The name of the type in messages.
        let name: String
        /// The known values of an enumeration.
        let values: NameTable
        /// The discriminator member.
        let discriminator: [UInt8]
        /// The values of the discriminator, in the order of the variants.
        let variantKeys: NameTable
        fileprivate var plain: FormPlan?
        fileprivate var whole: FormPlan?
        fileprivate var variants: [Int: FormPlan] = [:]

        fileprivate init(_ index: Int, of catalog: APIDescription) {
            shape = catalog.shapes[index]
            name = TypeName.of(TypeUse(shape: index), in: catalog)
            values = NameTable(shape.values.map(\.value))
            discriminator = Array((shape.discriminator ?? "").utf8)
            variantKeys = NameTable(shape.variants.map(\.key))
        }
    }

    /// The members that an object may have.
    final class FormPlan {
        /// A declared member.
        struct Member {
            var shape: Int
            var isNullable: Bool
            /// The name in reports.
            var subject: String
        }

        /// The owner of undeclared members.
        let owner: String
        let isOpen: Bool
        let members: [Member]
        private let names: NameTable

        /// Creates the members of shapes; among equal names, the first counts.
        fileprivate init(_ shapes: [Shape], declared: Shape) {
            let owner = (shapes.count == 1 ? shapes[0].name : declared.name) ?? ""
            self.owner = owner
            isOpen = shapes.contains(where: \.isOpen)
            let fields = shapes.flatMap { shape in shape.fields.map { (shape, $0) } }
            names = NameTable(fields.map(\.1.name))
            members = fields.map { shape, field in
                Member(
                    shape: field.use.shape, isNullable: field.use.isNullable,
                    subject: "\(field.origin ?? shape.name ?? owner).\(field.symbol)")
            }
        }

        func member(_ key: UnsafeBufferPointer<UInt8>) -> Member? { names.index(of: key).map { members[$0] } }
    }

    private let catalog: APIDescription
    private var plans: [TypePlan?]

    init(_ catalog: APIDescription) {
        self.catalog = catalog
        plans = Array(repeating: nil, count: catalog.shapes.count)
    }

    /// Returns the plan of a type.
    func type(_ shape: Int) -> TypePlan {
        if let plan = plans[shape] { return plan }
        let plan = TypePlan(shape, of: catalog)
        plans[shape] = plan
        return plan
    }

    /// Returns the members of a type itself.
    func plain(_ type: TypePlan) -> FormPlan {
        if let plan = type.plain { return plan }
        let plan = FormPlan([type.shape], declared: type.shape)
        type.plain = plan
        return plan
    }

    /// Returns the members of a type and of all its variants, when there is no discriminator.
    func whole(_ type: TypePlan) -> FormPlan {
        if let plan = type.whole { return plan }
        let plan = FormPlan(
            [type.shape] + type.shape.variants.map { catalog.shapes[$0.use.shape] }, declared: type.shape)
        type.whole = plan
        return plan
    }

    /// Returns the members of a type's variant, and of nested variants.
    func variant(_ index: Int, of type: TypePlan) -> FormPlan {
        if let plan = type.variants[index] { return plan }
        let form = catalog.shapes[type.shape.variants[index].use.shape]
        var shapes = [form]
        if form.name != type.shape.name { shapes += form.variants.map { catalog.shapes[$0.use.shape] } }
        let plan = FormPlan(shapes, declared: type.shape)
        type.variants[index] = plan
        return plan
    }
}
