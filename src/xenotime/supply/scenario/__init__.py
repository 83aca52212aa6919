"""What happens when: dated events, the licence office, demand, projects, policy; read from YAML."""
