/// An enumeration of the catalog: a string, with names for the values that Okta's document lists.
///
/// `Kind` distinguishes the enumerations from each other and has no values. All enumerations of a module are this one
/// type, because the compiler needs more time for the conformances of several hundred types than for all else in them.
/// Code uses the alias: `UserStatus`, `UserStatus.active`, `status == .active`.
///
/// Types that are written by hand may conform to ``OktaEnum`` instead.
public struct OpenEnum<Kind>: OktaEnum {
    /// The value on the wire.
    public let rawValue: String

    /// Creates a value from any text; Okta may send values that are not listed.
    public init(rawValue: String) { self.rawValue = rawValue }
}
