package memory

// HostShort reports whether the host named has less memory than what stays off the devices.
func (p *Plan) HostShort() bool {
	return p.Host != nil && p.Host.MemoryBytes > 0 && p.HostBytes > hostShare*float64(p.Host.MemoryBytes)
}
