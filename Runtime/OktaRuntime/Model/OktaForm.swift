/// A model that is one form of a union, such as `OpenIdConnectApplication` of `Application`.
///
/// One made here says which form it is: it begins with the members that all of its kind have, such as
/// `signOnMode: "OPENID_CONNECT"`. One that is read keeps what it was read from.
public protocol OktaForm: OktaModel {
    /// An object with the members that tell this form from the others, and nothing else.
    static var blank: JSON { get }
}

extension OktaForm {
    /// Creates an object with the members that tell this form from the others.
    public init() {
        self.init(json: Self.blank)
    }

    /// Creates an object of this form and fills it in.
    public static func with(_ edit: (inout Self) throws -> Void) rethrows -> Self {
        var model = Self()
        try edit(&model)
        return model
    }
}
