/// A model that is one variant of a union, such as `OpenIdConnectApplication` of `Application`.
///
/// A new instance begins with the members that identify its variant, such as `signOnMode: "OPENID_CONNECT"`. One that
/// is read keeps the received members.
public protocol OktaForm: OktaModel {
    /// An object with only the members that identify this variant.
    static var blank: JSON { get }
}

extension OktaForm {
    /// Creates an object with the members that identify this variant.
    public init() {
        self.init(json: Self.blank)
    }

    /// Creates an object of this variant and edits it.
    public static func with(_ edit: (inout Self) throws -> Void) rethrows -> Self {
        var model = Self()
        try edit(&model)
        return model
    }
}
